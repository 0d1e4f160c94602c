# Deploys a release of Peerkeeper that lies in a bucket: the hub in one Region, a spoke in another one of its account.
# docs/operate/deploy-a-release.md says how the release comes into the bucket.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "release" {
  description = "Address of the folder with template.yaml and spoke.yaml, in a bucket of the hub's Region."
  type        = string
}

variable "mode" {
  description = "What Peerkeeper may do: observe, add-only or full."
  type        = string
  default     = "observe"
}

locals {
  regions = "ap-northeast-2,ap-northeast-1"
}

provider "aws" {
  region = "ap-northeast-2"
}

provider "aws" {
  alias  = "tokyo"
  region = "ap-northeast-1"
}

resource "aws_cloudformation_stack" "hub" {
  name         = "peerkeeper"
  template_url = "${var.release}/template.yaml"
  # The roles have fixed names, and the template is written for AWS SAM: AWS asks you to acknowledge both.
  capabilities = ["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
  parameters = {
    Mode    = var.mode
    Regions = local.regions
  }
}

resource "aws_cloudformation_stack" "spoke" {
  provider     = aws.tokyo
  name         = "peerkeeper-spoke"
  template_url = "${var.release}/spoke.yaml"
  capabilities = ["CAPABILITY_NAMED_IAM"]
  parameters = {
    HubBusArn = aws_cloudformation_stack.hub.outputs["HubBusArn"]
  }
}

output "version" {
  description = "The version that runs, of hub and spoke."
  value = {
    hub   = aws_cloudformation_stack.hub.outputs["Version"]
    spoke = aws_cloudformation_stack.spoke.outputs["Version"]
  }
}
