# A sketch for NixOS, evaluated but never booted: imports = [ ./module.nix ]; services.hyperv-kvp = { enable = true; source = …; };
{ config, lib, pkgs, ... }:

let
  cfg = config.services.hyperv-kvp;
  package = pkgs.callPackage ./package.nix { src = cfg.source; };
  programs = [ pkgs.bash pkgs.coreutils ];
in
{
  options.services.hyperv-kvp = {
    enable = lib.mkEnableOption "the Key-Value Pair daemon for guests on Hyper-V and Azure";
    source = lib.mkOption {
      type = lib.types.path;
      description = "The npm package, unpacked.";
    };
    settings = lib.mkOption {
      type = (pkgs.formats.toml { }).type;
      default = { };
      description = "What /etc/hyperv-kvp.toml has.";
    };
  };

  config = lib.mkIf cfg.enable {
    environment.systemPackages = [ package ];
    # The configuration of network managers is the store's, where no host writes.
    environment.etc."hyperv-kvp.toml".source = (pkgs.formats.toml { }).generate "hyperv-kvp.toml"
      (lib.recursiveUpdate { ip_injection.mode = "off"; } cfg.settings);

    users.users.hyperv-kvp = {
      isSystemUser = true;
      group = "hyperv-kvp";
    };
    users.groups.hyperv-kvp = { };

    services.udev.packages = [ package ];
    systemd.packages = [ package ];
    systemd.services = {
      # What its shell scripts and its launcher run; services have no path there.
      hyperv-kvp = { path = programs; wantedBy = [ "multi-user.target" ]; };
      hyperv-kvp-helper.path = programs;
      hyperv-kvp-ready.path = programs;
      # The stock daemon's of virtualisation.hypervGuest.
      hv-kvp.enable = lib.mkForce false;
    };
  };
}
