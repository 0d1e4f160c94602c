# What a subnet can be asked for beside its network.
resource "aws_vpc" "one" {
  cidr_block                       = "10.11.0.0/16"
  assign_generated_ipv6_cidr_block = true
}

resource "aws_subnet" "ipv6" {
  vpc_id                          = aws_vpc.one.id
  cidr_block                      = "10.11.1.0/24"
  ipv6_cidr_block                 = cidrsubnet(aws_vpc.one.ipv6_cidr_block, 8, 1)
  assign_ipv6_address_on_creation = true
  enable_dns64                    = true
}

resource "aws_subnet" "named" {
  vpc_id                                      = aws_vpc.one.id
  cidr_block                                  = "10.11.2.0/24"
  map_public_ip_on_launch                     = true
  private_dns_hostname_type_on_launch         = "resource-name"
  enable_resource_name_dns_a_record_on_launch = true
}
