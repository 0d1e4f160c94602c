"""Who the person is in each account: profiles, the environment, or a role in other accounts."""
