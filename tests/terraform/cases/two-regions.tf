# A peering between two Regions, as most configurations spell it: accepter, options of either side, inline routes.
resource "aws_vpc" "seoul" {
  cidr_block           = "10.1.0.0/16"
  enable_dns_hostnames = true
  tags                 = { Name = "seoul" }
}

resource "aws_vpc" "tokyo" {
  provider             = aws.tokyo
  cidr_block           = "10.2.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_vpc_ipv4_cidr_block_association" "more" {
  vpc_id     = aws_vpc.seoul.id
  cidr_block = "10.3.0.0/16"
}

resource "aws_vpc_peering_connection" "between" {
  vpc_id      = aws_vpc.seoul.id
  peer_vpc_id = aws_vpc.tokyo.id
  peer_region = "ap-northeast-1"
  tags        = { Side = "requester" }
}

resource "aws_vpc_peering_connection_accepter" "between" {
  provider                  = aws.tokyo
  vpc_peering_connection_id = aws_vpc_peering_connection.between.id
  auto_accept               = true
  tags                      = { Side = "accepter" }
}

resource "aws_vpc_peering_connection_options" "requester" {
  vpc_peering_connection_id = aws_vpc_peering_connection_accepter.between.id
  requester { allow_remote_vpc_dns_resolution = true }
}

resource "aws_vpc_peering_connection_options" "accepter" {
  provider                  = aws.tokyo
  vpc_peering_connection_id = aws_vpc_peering_connection_accepter.between.id
  accepter { allow_remote_vpc_dns_resolution = true }
}

resource "aws_route_table" "seoul" {
  vpc_id = aws_vpc.seoul.id
  route {
    cidr_block                = aws_vpc.tokyo.cidr_block
    vpc_peering_connection_id = aws_vpc_peering_connection_accepter.between.id
  }
}

resource "aws_default_route_table" "seoul" {
  default_route_table_id = aws_vpc.seoul.default_route_table_id
  route {
    cidr_block                = aws_vpc.tokyo.cidr_block
    vpc_peering_connection_id = aws_vpc_peering_connection_accepter.between.id
  }
}

resource "aws_route" "tokyo" {
  provider                  = aws.tokyo
  route_table_id            = aws_vpc.tokyo.main_route_table_id
  destination_cidr_block    = aws_vpc.seoul.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection_accepter.between.id
}

data "aws_vpc_peering_connection" "between" {
  id = aws_vpc_peering_connection_accepter.between.id
}
