#!/usr/bin/env bash
# Teardown of pcx-f18e10df82191ee14, as read at 2026-11-29 23:04 UTC.
# Each call is made with the credentials of its account: the environment's, or those of the profile that
# PROFILE_<account> names. What somebody else has deleted meanwhile counts as done, so this script may run again.
set -euo pipefail
export AWS_PAGER=""
pause=${PAUSE:-15} tries=${TRIES:-80}

as() { # as ACCOUNT COMMAND...
  local profile="PROFILE_$1"
  shift
  if [ -n "${!profile:-}" ]; then "$@" --profile "${!profile}"; else "$@"; fi
}

own() { # own ACCOUNT: stop unless these credentials are of the account
  local found
  found=$(as "$1" aws sts get-caller-identity --query Account --output text)
  if [ "$found" != "$1" ]; then
    echo "stopped: these credentials are of $found: set PROFILE_$1 to a profile of account $1" >&2
    exit 1
  fi
}

step() { # step NUMBER WORDS
  echo "$1. $2"
  now=$1
}

trap 'code=$?; [ $code = 0 ] || echo "stopped at step ${now:-0}: exit code $code. Nothing after it was done." >&2' EXIT

run() { # run CODES ACCOUNT COMMAND...: an error with one of these codes says that it is done already
  local codes=$1 account=$2 said
  shift 2
  if said=$(as "$account" "$@" 2>&1); then return; fi
  if [ -n "$codes" ] && [[ $said =~ \(($codes)\) ]]; then
    echo "   done already: ${BASH_REMATCH[1]}"
    return
  fi
  echo "$said" >&2
  exit 1
}

all() { # all CODES ACCOUNT COMMAND...: for a command that succeeds and prints why it deleted nothing
  local codes=$1 said code
  shift
  said=$(as "$@")
  for code in $said; do
    if [[ $code =~ ^(None|$codes)$ ]]; then continue; fi
    echo "$code" >&2
    exit 1
  done
}

empty() { # empty ACCOUNT COMMAND...: until the command prints nothing
  local said try
  for ((try = 0; try < tries; try++)); do
    said=$(as "$@")
    if [ -z "$said" ]; then return; fi
    sleep "$pause"
  done
  echo "gave up after $tries looks: $*" >&2
  exit 1
}

export AWS_ENDPOINT_URL=http://127.0.0.1:4580
own 111122223333

step 1 'peering pcx-f18e10df82191ee14: delete the peering: one call ends it for both sides'
run 'InvalidVpcPeeringConnectionID\.NotFound|InvalidStateTransition' 111122223333 aws ec2 delete-vpc-peering-connection --region ap-northeast-2 --vpc-peering-connection-id pcx-f18e10df82191ee14
step 1 'wait for pcx-f18e10df82191ee14 until it is deleted: between Regions that takes a while'
as 111122223333 aws ec2 wait vpc-peering-connection-deleted --region ap-northeast-2 --vpc-peering-connection-ids pcx-f18e10df82191ee14

step 2 'route rtb-096de11f26f280a3c 10.30.0.0/16: delete the route to pcx-f18e10df82191ee14'
run 'InvalidRoute\.NotFound|InvalidRouteTableID\.NotFound' 111122223333 aws ec2 delete-route --region ap-northeast-1 --route-table-id rtb-096de11f26f280a3c --destination-cidr-block 10.30.0.0/16

step 3 'route rtb-2c6d60d32cb452f3c 10.40.0.0/16: delete the route to pcx-f18e10df82191ee14'
run 'InvalidRoute\.NotFound|InvalidRouteTableID\.NotFound' 111122223333 aws ec2 delete-route --region ap-northeast-2 --route-table-id rtb-2c6d60d32cb452f3c --destination-cidr-block 10.40.0.0/16

now=end
echo 'All 3 steps are done.'
