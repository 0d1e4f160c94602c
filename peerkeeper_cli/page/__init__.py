"""What every command prints: headings, lines that wrap between words, commands that stay whole, colours."""
