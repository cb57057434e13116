#!/usr/bin/env bash
# Becomes the program of $RECORD_PROGRAM, with all that it prints written to $RECORD_FILE as well. Playwright reads the
# first lines for itself, so that a test which listens later would miss them.
exec "$RECORD_PROGRAM" "$@" > >(tee -a "$RECORD_FILE") 2> >(tee -a "$RECORD_FILE" >&2)
