"""Packs of one ward. reflect reads the folders beside this file and never imports it."""
