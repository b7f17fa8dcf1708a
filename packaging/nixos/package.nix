# The programs and units for NixOS, of what `npm pack` makes, unpacked: pkgs.callPackage ./package.nix { src = …; }
{ lib, stdenv, autoPatchelfHook, bash, coreutils, nodejs, src }:

stdenv.mkDerivation {
  pname = "hyperv-kvp";
  version = (lib.importJSON (src + "/package.json")).version;
  inherit src;

  # The addon and the launcher are built already, for the loader of other systems.
  nativeBuildInputs = [ autoPatchelfHook ];
  buildInputs = [ stdenv.cc.cc.lib ];
  dontBuild = true;

  installPhase = ''
    package=$out/lib/hyperv-kvp
    mkdir -p $package/bin $out/bin $out/lib/systemd/system $out/lib/udev/rules.d
    cp -r . $package
    ln -s ${nodejs}/bin/node $package/bin/node
    for program in hv_kvp_daemon hvkvp; do
      ln -s $package/dist/bin/$program $out/bin/$program
    done
    for unit in packaging/systemd/*.service packaging/systemd/*.socket; do
      sed -e "s|/usr/lib/hyperv-kvp/hyperv-kvp-helper|$package/dist/bin/hyperv-kvp-helper|g" \
        -e "s,/usr/s*bin/\(hv_kvp_daemon\|hvkvp\),$out/bin/\1,g" \
        -e 's|/bin/mkdir|${coreutils}/bin/mkdir|g' -e 's|/usr/bin/install|${coreutils}/bin/install|g' \
        -e 's|/bin/sh|${bash}/bin/sh|g' "$unit" > "$out/lib/systemd/system/''${unit##*/}"
    done
    cp packaging/systemd/*.rules $out/lib/udev/rules.d/
  '';

  meta = {
    description = "Key-Value Pair daemon for guests on Hyper-V and Azure";
    license = lib.licenses.bsd2;
    platforms = [ "x86_64-linux" "aarch64-linux" ];
    mainProgram = "hvkvp";
  };
}
