#!/bin/sh
# Prints the path of a Chromium: the one named in CHROMIUM, or the first one found. Nothing if none.
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
    [ -n "$name" ] && command -v "$name" 2>/dev/null && exit
done
exit 0
