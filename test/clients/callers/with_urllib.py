"""A client of its own process with the standard library alone, as the skill is: the raw key, one read."""

import os
import urllib.request

request = urllib.request.Request(
    os.environ["BASE_URL"] + "/v1/voiceovers/tracks",
    headers={"Authorization": os.environ["CLIENT_SECRET"]},
)
with urllib.request.urlopen(request, timeout=20) as response:
    print(response.status)
