"""Python's requests, with a thread for each and as many connections."""
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import requests

prefix, ca, token, count = sys.argv[1:4] + [int(sys.argv[4])]
session = requests.Session()
session.mount("https://", requests.adapters.HTTPAdapter(pool_maxsize=count))
session.headers["Authorization"] = "Bearer " + token
session.verify = ca


def get(number):
    answer = session.get(f"{prefix}cmbench{number}")
    answer.raise_for_status()
    return answer.json()


def fetch():
    start = time.monotonic()
    with ThreadPoolExecutor(count) as threads:
        assert all(found["status"] == "HEALTHY" for found in threads.map(get, range(count)))
    return time.monotonic() - start


print(fetch(), fetch())
