"""What goes in and out as JSON, one file for each noun."""
