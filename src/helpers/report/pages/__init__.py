"""Published pages: from an executed notebook to HTML and PDF, and the index of all."""
