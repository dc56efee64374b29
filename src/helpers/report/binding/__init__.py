"""Words bound to figures: Markdown with inline figures, and what stands in prose without one."""
