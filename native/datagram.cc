#include "datagram.h"

#include <sys/socket.h>

#include <cerrno>
#include <string>

#include "errno_error.h"
#include "unique_fd.h"
#include "unix_address.h"

namespace hyperv_kvp {

bool SendAtOnce(const std::string& name, const std::string& text) {
  const auto address = AddressOf(name);
  const UniqueFd fd(address ? socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0) : -1);
  constexpr int kFlags = MSG_NOSIGNAL | MSG_DONTWAIT;
  return fd.IsOpen() && sendto(fd.get(), text.data(), text.size(), kFlags, address->generic(), address->length) >= 0;
}

Napi::Value SendDatagram(const Napi::CallbackInfo& info) {
  if (!SendAtOnce(info[0].As<Napi::String>(), info[1].As<Napi::String>())) ThrowErrno(info.Env(), errno, "sendto");
  return info.Env().Undefined();
}

}  // namespace hyperv_kvp
