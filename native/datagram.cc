#include "datagram.h"

#include <sys/socket.h>

#include <cerrno>
#include <string>

#include "errno_error.h"
#include "unique_fd.h"
#include "unix_address.h"

namespace hyperv_kvp {

Napi::Value SendDatagram(const Napi::CallbackInfo& info) {
  const std::string name = info[0].As<Napi::String>();
  const std::string text = info[1].As<Napi::String>();
  const auto address = AddressOf(name);
  const UniqueFd fd(address ? socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0) : -1);
  if (!fd.IsOpen() ||
      sendto(fd.get(), text.data(), text.size(), MSG_NOSIGNAL, address->generic(), address->length) < 0) {
    ThrowErrno(info.Env(), errno, "sendto");
  }
  return info.Env().Undefined();
}

}  // namespace hyperv_kvp
