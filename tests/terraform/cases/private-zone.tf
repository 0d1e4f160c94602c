# A private zone, shared with a VPC in another Region.
resource "aws_vpc" "here" {
  cidr_block           = "10.18.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_vpc" "there" {
  provider             = aws.tokyo
  cidr_block           = "10.19.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_route53_zone" "one" {
  name = "internal.example"
  vpc { vpc_id = aws_vpc.here.id }
  lifecycle { ignore_changes = [vpc] }
}

resource "aws_route53_zone_association" "there" {
  zone_id    = aws_route53_zone.one.zone_id
  vpc_id     = aws_vpc.there.id
  vpc_region = "ap-northeast-1"
}
