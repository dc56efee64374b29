"""What a reader sees: charts, tables, words around figures, pages."""
