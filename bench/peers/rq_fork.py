"""RQ as it comes: a worker that forks for each job."""

import sys

from redis import Redis
from rq import Queue, Worker


def nothing(_tenant_id: str) -> None:
    """The least a job can do."""


if __name__ == "__main__":
    connection = Redis.from_url(sys.argv[1])
    Worker([Queue(sys.argv[2], connection=connection)], connection=connection).work(logging_level="ERROR")
