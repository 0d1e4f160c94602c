# The accepter is another account's VPC in another Region.
resource "aws_vpc" "ours" { cidr_block = "10.6.0.0/16" }

resource "aws_vpc" "theirs" {
  provider   = aws.other
  cidr_block = "10.7.0.0/16"
}

data "aws_caller_identity" "other" { provider = aws.other }

resource "aws_vpc_peering_connection" "between" {
  vpc_id        = aws_vpc.ours.id
  peer_vpc_id   = aws_vpc.theirs.id
  peer_owner_id = data.aws_caller_identity.other.account_id
  peer_region   = "ap-northeast-1"
}

resource "aws_vpc_peering_connection_accepter" "between" {
  provider                  = aws.other
  vpc_peering_connection_id = aws_vpc_peering_connection.between.id
  auto_accept               = true
  tags                      = { Side = "accepter" }
}

resource "aws_route" "theirs" {
  provider                  = aws.other
  route_table_id            = aws_vpc.theirs.main_route_table_id
  destination_cidr_block    = aws_vpc.ours.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection_accepter.between.id
}
