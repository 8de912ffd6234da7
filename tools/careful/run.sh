#!/bin/bash
# Fits and exports all encoders, two at a time: run.sh DATA OUT
set -euo pipefail
cd "$(dirname "$0")"
data=$1 out=$2 python=${PYTHON:-venv/bin/python}
mkdir -p "$out"
one() {
	"$python" fit.py --data "$data" --out "$out/$1.pt" "${@:2}"
	"$python" ../distill/export_encoder.py --state "$out/$1.pt" --name "careful 1" --out "$out/$1.encoder"
}
{ one fold0 --fold 0; one fold2 --fold 2; one fold4 --fold 4; one all; } &
{ one fold1 --fold 1; one fold3 --fold 3; one unseen --without survey,podcast; } &
wait
