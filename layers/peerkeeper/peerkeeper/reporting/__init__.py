"""What a run says of itself: its report, announcements to people, findings about calls. Pure."""
