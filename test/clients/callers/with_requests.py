"""A client of its own process with requests, as the official samples are: a token, a storyboard, polls without a pause."""

import os

import requests

base = os.environ["BASE_URL"]
credentials = {
    "client_id": os.environ["CLIENT_ID"],
    "client_secret": os.environ["CLIENT_SECRET"],
}
token = requests.post(base + "/v1/oauth2/token", json=credentials, timeout=20)
headers = {"Authorization": token.json()["access_token"], "X-Pictory-User-Id": "sample"}
storyboard = {"videoName": "requests", "scenes": [{"text": "One sentence."}]}
started = requests.post(
    base + "/v1/video/storyboard", headers=headers, json=storyboard, timeout=20
)
job = base + "/v1/jobs/" + started.json()["jobId"]
while True:
    status = requests.get(job, headers=headers, timeout=30).json()["data"]["status"]
    if status != "in-progress":
        break
print(status)
