"""A server that speaks S3 (moto's): started once for a run, with a prefix of the bucket for each worker.

Run as a module it is that server: it writes its address and ends with its input, so it outlives nobody.
"""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

BUCKET = "memorial-tests"
DENIED = "memorial-denied"  # a bucket that lets nobody in
KEY, SECRET = "tests", "a%2Fsecret%2Bof%20tests"
_servers: list["subprocess.Popen[str]"] = []


def start_s3() -> str:
    """Start a server and return the address of its bucket, as STORAGE_URL has it."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.servers.s3"], cwd=Path(__file__).resolve().parents[2], text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    _servers.append(server)
    assert server.stdout is not None
    host = server.stdout.readline().strip()
    if not host:
        raise RuntimeError("the S3 server of the tests does not start: python -m tests.servers.s3 says why")
    return address_of(BUCKET, host)


def address_of(bucket: str, host: str = "", secret: str = SECRET) -> str:
    """The address of a bucket on ``host``, else on the server of this run."""
    host = host or os.environ["STORAGE_URL"].rpartition("@")[2].partition("/")[0]
    return f"s3://{KEY}:{secret}@{host}/{bucket}?scheme=http"


def with_prefix(address: str, prefix: str) -> str:
    """The same bucket, as one of many sees it that share it."""
    parts = urlsplit(address)
    return parts._replace(path=f"{parts.path}/{prefix}").geturl()


def _serve() -> None:
    import boto3
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host = "{}:{}".format(*server.get_host_and_port())
    client = boto3.client(
        "s3", endpoint_url=f"http://{host}", region_name="us-east-1", aws_access_key_id=KEY, aws_secret_access_key="-"
    )
    client.create_bucket(Bucket=BUCKET)
    client.create_bucket(Bucket=DENIED)
    places = [f"arn:aws:s3:::{DENIED}", f"arn:aws:s3:::{DENIED}/*"]
    nobody = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": places}
    client.put_bucket_policy(Bucket=DENIED, Policy=json.dumps({"Version": "2012-10-17", "Statement": [nobody]}))
    sys.stdout.write(f"{host}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    _serve()
