"""What was asked, of whom, and what they answered: the files of params/ and data/."""
