"""What is true of plans and figures; pure: no disk, no clock, no text for people."""
