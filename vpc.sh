#!/usr/bin/env bash
# Teardown of vpc-c39ee0737dd11f4b0, as read at 2026-11-29 23:16 UTC.
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

step 1 'instance i-67c394ca830d1a567: terminate the instance'
run 'InvalidInstanceID\.NotFound' 111122223333 aws ec2 terminate-instances --region ap-northeast-2 --instance-ids i-67c394ca830d1a567
step 1 'wait for i-67c394ca830d1a567 until it is terminated'
as 111122223333 aws ec2 wait instance-terminated --region ap-northeast-2 --instance-ids i-67c394ca830d1a567

step 2 'endpoint vpce-edce0c0ce1a725ece: delete the endpoint for com.amazonaws.ap-northeast-2.s3'
all 'InvalidVpcEndpointId\.NotFound|InvalidVpcEndpoint\.NotFound' 111122223333 aws ec2 delete-vpc-endpoints --region ap-northeast-2 --vpc-endpoint-ids vpce-edce0c0ce1a725ece --query 'Unsuccessful[].Error.Code' --output text
step 2 'wait for vpce-edce0c0ce1a725ece until EC2 shows it no more: its interfaces stay until then'
empty 111122223333 aws ec2 describe-vpc-endpoints --region ap-northeast-2 --filters Name=vpc-endpoint-id,Values=vpce-edce0c0ce1a725ece --query 'VpcEndpoints[?State!=`"deleted"`].State' --output text

step 3 'group sg-c3975d6ddbb697bb5: delete the group'
run 'InvalidGroup\.NotFound' 111122223333 aws ec2 delete-security-group --region ap-northeast-2 --group-id sg-c3975d6ddbb697bb5

step 4 'subnet subnet-58ea81402dd87d143: delete the subnet'
run 'InvalidSubnetID\.NotFound' 111122223333 aws ec2 delete-subnet --region ap-northeast-2 --subnet-id subnet-58ea81402dd87d143

step 5 'route table rtb-2c6d60d32cb452f3c: delete the route table'
run 'InvalidRouteTableID\.NotFound' 111122223333 aws ec2 delete-route-table --region ap-northeast-2 --route-table-id rtb-2c6d60d32cb452f3c

step 6 'internet gateway igw-2fd7da1f5735161c8: detach the gateway, then delete it'
run 'Gateway\.NotAttached|InvalidInternetGatewayID\.NotFound' 111122223333 aws ec2 detach-internet-gateway --region ap-northeast-2 --internet-gateway-id igw-2fd7da1f5735161c8 --vpc-id vpc-c39ee0737dd11f4b0
run 'Gateway\.NotAttached|InvalidInternetGatewayID\.NotFound' 111122223333 aws ec2 delete-internet-gateway --region ap-northeast-2 --internet-gateway-id igw-2fd7da1f5735161c8

step 7 'VPC vpc-c39ee0737dd11f4b0: delete the VPC. Its default group, main table and default ACL go with it'
run 'InvalidVpcID\.NotFound' 111122223333 aws ec2 delete-vpc --region ap-northeast-2 --vpc-id vpc-c39ee0737dd11f4b0

now=end
echo 'All 7 steps are done.'
