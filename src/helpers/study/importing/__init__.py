"""From a survey tool's export to the workbook's own files: read, recognise, match, mask, write."""
