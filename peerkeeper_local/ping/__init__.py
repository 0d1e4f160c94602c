"""`ping` without a packet: `reach` asks and judges, and here the answer is shown as ping shows its own."""
