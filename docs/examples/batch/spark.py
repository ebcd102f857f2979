"""spark.py [--tts FILE] [--partitions N] REQUESTS DIR RESULTS: a batch through Spark's pipe.

REQUESTS are JSON lines, each with an "id". The sounds go into DIR, a folder that all workers see, and RESULTS becomes a folder
of JSON lines, one for each request. Run it again after a stop: what is in DIR's journals is not made again (RESULTS must be
another folder). Leave spark.speculation off: two tasks would make the same items.
"""
import argparse
import json
import os
import shlex
import sys

from pyspark.sql import SparkSession


def command(tts, folder):
    """One process for each partition; its journal's name is its own."""
    script = ('exec "$0" batch --jsonl - -o "$1" --results - --threads 1 --quiet '
              '--journal "$1/$(hostname)-$$.journal.jsonl"')
    return shlex.join(["sh", "-c", script, tts, folder])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tts", default="tts")
    parser.add_argument("--partitions", type=int, default=8)
    parser.add_argument("requests")
    parser.add_argument("folder")
    parser.add_argument("results")
    args = parser.parse_args()
    folder = os.path.abspath(args.folder)
    os.makedirs(folder, exist_ok=True)
    spark = SparkSession.builder.appName("tts batch").getOrCreate()
    requests = spark.sparkContext.textFile(args.requests).filter(str.strip).repartition(args.partitions)
    ids = requests.map(lambda line: str(json.loads(line)["id"]))
    count, distinct = ids.count(), ids.distinct().count()
    if distinct != count:
        sys.exit(f"{args.requests}: {count} requests share {distinct} ids; each needs its own")
    requests.pipe(command(args.tts, folder)).saveAsTextFile(args.results)
    results = spark.sparkContext.textFile(args.results).map(json.loads).cache()
    failed = results.filter(lambda result: "error" in result).count()
    told = results.count()
    spark.stop()
    print(f"{told - failed} of {count} done")
    if told != count:
        sys.exit(f"{count - told} requests have no result: a worker could not begin; its log says why")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
