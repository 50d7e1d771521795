"""Python's httpx, with a Client; HTTP/2 where the server has it."""
import sys

import httpx

url, ca, token, count = sys.argv[1:4] + [int(sys.argv[4])]
headers = {"Authorization": "Bearer " + token, "Accept": "application/json"}
with httpx.Client(http2=True, verify=ca or True, headers=headers) as client:
    for _ in range(count):
        answer = client.get(url)
        answer.raise_for_status()
        deployment = answer.json()
print(deployment["status"])
