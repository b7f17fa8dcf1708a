// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * /dev/vmbus_host, for the program that plays the host: one write is one VMBus
 * packet to the guest, one read is one reply. What else the host can do is
 * written as a word to /sys/class/misc/vmbus_host/service, or to .../adapter.
 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "lab.h"

static ssize_t host_write(struct file *file, const char __user *bytes,
			  size_t length, loff_t *offset)
{
	u8 *packet;
	int error;

	if (length == 0 || length > LAB_PACKET_SIZE)
		return -EMSGSIZE;

	packet = memdup_user(bytes, length);
	if (IS_ERR(packet))
		return PTR_ERR(packet);

	error = lab_channel_send(packet, length);
	kfree(packet);
	return error ? error : length;
}

static ssize_t host_read(struct file *file, char __user *bytes, size_t size,
			 loff_t *offset)
{
	ssize_t result;
	u32 length;
	u8 *packet;

	if (size < LAB_PACKET_SIZE)
		return -EMSGSIZE;

	packet = kmalloc(LAB_PACKET_SIZE, GFP_KERNEL);
	if (!packet)
		return -ENOMEM;

	result = lab_channel_receive(packet, &length);
	if (!result)
		result = copy_to_user(bytes, packet, length) ? -EFAULT : length;
	kfree(packet);
	return result;
}

static const struct file_operations host_operations = {
	.owner = THIS_MODULE,
	.write = host_write,
	.read = host_read,
	.llseek = noop_llseek,
};

static ssize_t service_show(struct device *device,
			    struct device_attribute *attribute, char *text)
{
	return sysfs_emit(text, "%s\n",
			  lab_service_offered() ? "offered" : "withdrawn");
}

static ssize_t service_store(struct device *device,
			     struct device_attribute *attribute,
			     const char *word, size_t length)
{
	int error = -EINVAL;

	if (sysfs_streq(word, "offer"))
		error = lab_service_offer();
	else if (sysfs_streq(word, "withdraw"))
		error = lab_service_withdraw();
	else if (sysfs_streq(word, "hibernate"))
		error = lab_service_hibernate();
	return error ? error : length;
}
static DEVICE_ATTR_RW(service);

static ssize_t adapter_store(struct device *device,
			     struct device_attribute *attribute,
			     const char *word, size_t length)
{
	int error = -EINVAL;

	if (sysfs_streq(word, "add"))
		error = lab_adapter_add_second();
	else if (sysfs_streq(word, "remove"))
		error = lab_adapter_remove_second();
	return error ? error : length;
}
static DEVICE_ATTR_WO(adapter);

static struct attribute *host_attrs[] = {
	&dev_attr_service.attr,
	&dev_attr_adapter.attr,
	NULL,
};
ATTRIBUTE_GROUPS(host);

static struct miscdevice host_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "vmbus_host",
	.mode = 0600,
	.fops = &host_operations,
	.groups = host_groups,
};

int lab_host_device_init(void)
{
	return misc_register(&host_device);
}

void lab_host_device_exit(void)
{
	misc_deregister(&host_device);
}
