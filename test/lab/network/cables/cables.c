// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Has the kernel take the end of a cable for the adapter that it stands for: a
 * veth with one of the lab's MACs of Hyper-V has it for good, as hardware has,
 * and a device with a GUID.
 */
#include <linux/device.h>
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <net/rtnetlink.h>

/* 00:15:5d:01:02:0a has the GUID that ends in 77, the next one 78. */
static const u8 first_mac[ETH_ALEN] = {0x00, 0x15, 0x5d, 0x01, 0x02, 0x0a};
#define FIRST_ID 0x77

static struct device *devices[3];

static ssize_t device_id_show(struct device *device,
			      struct device_attribute *attribute, char *text)
{
	size_t index = 0;

	while (index < ARRAY_SIZE(devices) - 1 && devices[index] != device)
		index++;
	return sysfs_emit(text, "{1e0fbaa4-6d2c-4b7c-8a3f-526c1d9e04%zx}\n",
			  FIRST_ID + index);
}
static DEVICE_ATTR_RO(device_id);

static bool is_cable(const struct net_device *end)
{
	return end->rtnl_link_ops && !strcmp(end->rtnl_link_ops->kind, "veth");
}

/* Before the kernel shows it, and keeps the address if it is permanent. */
static int on_network_event(struct notifier_block *block, unsigned long event,
			    void *data)
{
	struct net_device *end = netdev_notifier_info_to_dev(data);
	size_t index = end->dev_addr[ETH_ALEN - 1] - first_mac[ETH_ALEN - 1];

	if (event != NETDEV_POST_INIT || !is_cable(end) ||
	    memcmp(end->dev_addr, first_mac, ETH_ALEN - 1) ||
	    index >= ARRAY_SIZE(devices))
		return NOTIFY_DONE;
	SET_NETDEV_DEV(end, devices[index]);
	end->addr_assign_type = NET_ADDR_PERM;
	return NOTIFY_OK;
}

static struct notifier_block network_events = {
	.notifier_call = on_network_event,
};

static void remove_devices(void)
{
	size_t index;

	for (index = 0; index < ARRAY_SIZE(devices) && devices[index]; index++)
		root_device_unregister(devices[index]);
}

static int add_device(size_t index)
{
	char name[] = "adapter0";
	struct device *device;

	name[sizeof(name) - 2] += index;
	device = root_device_register(name);
	if (IS_ERR(device))
		return PTR_ERR(device);
	devices[index] = device;
	return device_create_file(device, &dev_attr_device_id);
}

static int __init cables_init(void)
{
	size_t index;
	int error = 0;

	for (index = 0; index < ARRAY_SIZE(devices) && !error; index++)
		error = add_device(index);
	if (!error)
		error = register_netdevice_notifier(&network_events);
	if (error)
		remove_devices();
	return error;
}

static void __exit cables_exit(void)
{
	unregister_netdevice_notifier(&network_events);
	remove_devices();
}

module_init(cables_init);
module_exit(cables_exit);

MODULE_DESCRIPTION("Adapters of Hyper-V made of cables, for tests");
MODULE_LICENSE("Dual BSD/GPL");
