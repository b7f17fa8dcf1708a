/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * A stand-in for hv_vmbus without a hypervisor: just enough of a VMBus for the
 * stock hv_utils driver to serve one host program through /dev/vmbus_host.
 */
#ifndef LAB_H
#define LAB_H

#include <linux/hyperv.h>

/* Longest packet of the KVP service: pipe and icmsg headers and a message. */
#define LAB_PACKET_SIZE 8192

/* bus.c: the bus "vmbus"; a device without a channel gets no driver. */
int lab_bus_init(void);
void lab_bus_exit(void);
struct hv_device *lab_device_add(const char *name, const guid_t *type,
				 const guid_t *instance,
				 struct vmbus_channel *channel);
void lab_device_remove(struct hv_device *device);

/* channel.c: the host's end of the one channel. */
struct vmbus_channel *lab_channel_create(void);
int lab_channel_send(const u8 *packet, u32 length);
int lab_channel_receive(u8 *packet, u32 *length);

/* service.c: the KVP service, which the host may withdraw and offer again. */
bool lab_service_offered(void);
int lab_service_offer(void);
int lab_service_withdraw(void);
int lab_service_hibernate(void);

/* adapter.c: eth0, and eth1 on demand, as network adapters of Hyper-V's. */
int lab_adapter_init(void);
void lab_adapter_exit(void);
int lab_adapter_add_second(void);
int lab_adapter_remove_second(void);

/* host_device.c: /dev/vmbus_host. */
int lab_host_device_init(void);
void lab_host_device_exit(void);

#endif
