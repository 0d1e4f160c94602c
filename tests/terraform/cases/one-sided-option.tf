# The accepter's DNS option, where the requester's VPC has no hostnames: its own side decides.
resource "aws_vpc" "requester" { cidr_block = "10.4.0.0/16" }

resource "aws_vpc" "accepter" {
  cidr_block           = "10.5.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_vpc_peering_connection" "between" {
  vpc_id      = aws_vpc.requester.id
  peer_vpc_id = aws_vpc.accepter.id
  auto_accept = true
}

resource "aws_vpc_peering_connection_options" "accepter" {
  vpc_peering_connection_id = aws_vpc_peering_connection.between.id
  accepter { allow_remote_vpc_dns_resolution = true }
}
