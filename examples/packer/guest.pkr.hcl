# An image with hyperv-kvp, built by Packer's hyperv-iso: Packer finds the guest by the address that the daemon reports.
packer {
  required_plugins {
    hyperv = {
      source  = "github.com/hashicorp/hyperv"
      version = ">= 1.1.0"
    }
  }
}

variable "iso_url" { type = string }
variable "iso_checksum" { type = string }
variable "package" {
  type    = string
  default = "hyperv-kvp.deb"
}

source "hyperv-iso" "debian" {
  iso_url          = var.iso_url
  iso_checksum     = var.iso_checksum
  generation       = 2
  ssh_username     = "root"
  ssh_timeout      = "30m"
  shutdown_command = "systemctl poweroff"
}

build {
  sources = ["source.hyperv-iso.debian"]

  provisioner "file" {
    source      = var.package
    destination = "/tmp/hyperv-kvp.deb"
  }

  provisioner "shell" {
    inline = [
      "apt-get install -y /tmp/hyperv-kvp.deb",
      "hvkvp doctor",
      "hvkvp deprovision --yes --force",
    ]
  }
}
