#include "far_end.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "packet_socket.h"

namespace hyperv_kvp {

namespace {

std::string NewFolder() {
  std::string name = "/tmp/hyperv-kvp-XXXXXX";
  return mkdtemp(name.data()) == nullptr ? "" : name;
}

}  // namespace

std::string MessageOf(char operation, char letter) {
  std::string message(kFreebsdMessageSize, letter);
  message.front() = operation;
  return message;
}

FarEnd::FarEnd() : folder_(NewFolder()), path_(folder_ + "/device"), listener_(ListenPacketSocket(path_)) {}

FarEnd::~FarEnd() {
  unlink(path_.c_str());
  unlink((path_ + ".open").c_str());
  rmdir(folder_.c_str());
}

void FarEnd::Accept() { connection_ = AcceptPacketSocket(listener_.get()); }

std::string FarEnd::AcceptRegistration() {
  Accept();
  return Receive();
}

void FarEnd::Send(const std::string& message) const { send(connection_.get(), message.data(), message.size(), 0); }

std::string FarEnd::Receive() const {
  std::string message(kFreebsdMessageSize + 1, '\0');
  const ssize_t count = recv(connection_.get(), message.data(), message.size(), 0);
  message.resize(static_cast<size_t>(std::max<ssize_t>(count, 0)));
  return message;
}

}  // namespace hyperv_kvp
