"""The workbench: one text of one statement beside the one it is made from; its review, history and preview."""
