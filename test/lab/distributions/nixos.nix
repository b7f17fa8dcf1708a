# The module of NixOS without nixpkgs: of what it is given there, no more than it asks for.
{ source, tools }:
let
  lib = {
    importJSON = path: builtins.fromJSON (builtins.readFile path);
    licenses.bsd2 = "BSD-2-Clause";
    mkEnableOption = description: { inherit description; };
    mkForce = value: value;
    mkIf = condition: value: if condition then value else { };
    mkOption = option: option;
    recursiveUpdate = former: latter: former // latter;
    types.path = "path";
  };
  pkgs = {
    inherit lib;
    stdenv = { mkDerivation = attributes: attributes; cc.cc.lib = tools; };
    autoPatchelfHook = "autoPatchelfHook";
    bash = tools;
    coreutils = tools;
    nodejs = tools;
    formats.toml = _: { type = "toml"; generate = name: builtins.toJSON; };
    callPackage = path: words:
      let package = import path; in package (builtins.intersectAttrs (builtins.functionArgs package) pkgs // words);
  };
  module = import ../../../packaging/nixos/module.nix {
    inherit lib pkgs;
    config.services.hyperv-kvp = { enable = true; inherit source; settings = { }; };
  };
in
module.config // { options = builtins.attrNames module.options.services.hyperv-kvp; }
