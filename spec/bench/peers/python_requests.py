"""Python's requests, with a Session as its manual tells those who ask more than once."""
import sys

import requests

url, ca, token, count = sys.argv[1:4] + [int(sys.argv[4])]
session = requests.Session()
session.headers.update({"Authorization": "Bearer " + token, "Accept": "application/json"})
session.verify = ca or True
for _ in range(count):
    answer = session.get(url)
    answer.raise_for_status()
    deployment = answer.json()
print(deployment["status"])
