"""Write a study's made-up answers into its data/."""

from itertools import chain
from pathlib import Path

from helpers.study.comments import comment_bytes
from helpers.study.files.wholefile import csv_bytes, write_together
from helpers.study.responses import (
    INVITATIONS,
    INVITED,
    comment_file,
    response_columns,
    response_file,
)
from helpers.study.synthetic.drawing import draw, draw_comments, draw_counts
from helpers.study.synthetic.recipe import read_recipe


def write_answers(workbook: Path) -> None:
    """Write invitations.csv, responses/<tool>.csv and comments/<tool>.csv as the recipe says."""
    recipe, asked = read_recipe(workbook)
    pairs = [(council, tool) for council in recipe.councils for tool in asked.tools]
    invited = [[*pair, str(draw_counts(recipe, *pair)[0])] for pair in pairs]
    files = {INVITATIONS: csv_bytes(INVITED, invited)}
    for tool in asked.tools:
        rows = [row for council in recipe.councils for row in draw(recipe, asked, council, tool)]
        files[response_file(tool)] = csv_bytes(response_columns(asked, tool), rows)
        said = (draw_comments(recipe, council, tool) for council in recipe.councils)
        files[comment_file(tool)] = comment_bytes(chain.from_iterable(said))
    write_together({workbook / file: content for file, content in files.items()})
