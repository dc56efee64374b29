"""Make up a whole study's answers from a recipe: the same bytes on any machine, in any year.

A study whose individual answers may not be published can still be built, tested and shown.
Everything particular to it stands in data/study/synthetic.yaml. Only `Random.random` is used,
which Python promises never to change, and only + - * on what it returns; each column has a stream
of its own, so a council, tool or statement can be added without changing any other.

Run it with `python -m helpers.study.synthetic [WORKBOOK]`.
"""
