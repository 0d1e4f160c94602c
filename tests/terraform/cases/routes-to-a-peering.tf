# Destinations other than an IPv4 network: a prefix list, and an IPv6 network.
resource "aws_vpc" "here" {
  cidr_block                       = "10.8.0.0/16"
  assign_generated_ipv6_cidr_block = true
}

resource "aws_vpc" "there" {
  cidr_block                       = "10.9.0.0/16"
  assign_generated_ipv6_cidr_block = true
}

resource "aws_vpc_peering_connection" "between" {
  vpc_id      = aws_vpc.here.id
  peer_vpc_id = aws_vpc.there.id
  auto_accept = true
}

resource "aws_ec2_managed_prefix_list" "there" {
  name           = "there"
  address_family = "IPv4"
  max_entries    = 2
  entry { cidr = "10.9.1.0/24" }
  entry { cidr = "10.9.2.0/24" }
}

resource "aws_route_table" "here" { vpc_id = aws_vpc.here.id }

resource "aws_route" "list" {
  route_table_id             = aws_route_table.here.id
  destination_prefix_list_id = aws_ec2_managed_prefix_list.there.id
  vpc_peering_connection_id  = aws_vpc_peering_connection.between.id
}

resource "aws_route" "ipv6" {
  route_table_id              = aws_route_table.here.id
  destination_ipv6_cidr_block = aws_vpc.there.ipv6_cidr_block
  vpc_peering_connection_id   = aws_vpc_peering_connection.between.id
}
