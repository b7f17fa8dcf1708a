// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* The bus: drivers register as on the real one, and are matched by GUID. */
#include <linux/device.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/version.h>

#include "lab.h"

/* hv_utils picks its framework version by this: a host of today. */
__u32 vmbus_proto_version = VERSION_WIN10_V5_3;
EXPORT_SYMBOL_GPL(vmbus_proto_version);

/* bus_type.match takes its driver const since 6.11. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 11, 0)
#define MATCHED_DRIVER const struct device_driver
#else
#define MATCHED_DRIVER struct device_driver
#endif

static const struct hv_vmbus_device_id *
find_id(const struct hv_vmbus_device_id *id, const guid_t *type)
{
	for (; !guid_is_null(&id->guid); id++)
		if (guid_equal(&id->guid, type))
			return id;
	return NULL;
}

static int lab_match(struct device *device, MATCHED_DRIVER *driver)
{
	struct hv_device *dev = device_to_hv_device(device);

	return dev->channel &&
	       find_id(drv_to_hv_drv(driver)->id_table, &dev->dev_type);
}

static int lab_probe(struct device *device)
{
	struct hv_device *dev = device_to_hv_device(device);
	struct hv_driver *driver = drv_to_hv_drv(device->driver);

	return driver->probe(dev, find_id(driver->id_table, &dev->dev_type));
}

static void lab_remove(struct device *device)
{
	drv_to_hv_drv(device->driver)->remove(device_to_hv_device(device));
}

/* User space maps adapters to GUIDs by this attribute. */
static ssize_t device_id_show(struct device *device,
			      struct device_attribute *attribute, char *text)
{
	return sysfs_emit(text, "{%pUl}\n",
			  &device_to_hv_device(device)->dev_instance);
}
static DEVICE_ATTR_RO(device_id);

/* And finds the services that the host offers by this one. */
static ssize_t class_id_show(struct device *device,
			     struct device_attribute *attribute, char *text)
{
	return sysfs_emit(text, "{%pUl}\n",
			  &device_to_hv_device(device)->dev_type);
}
static DEVICE_ATTR_RO(class_id);

static struct attribute *lab_device_attrs[] = {
	&dev_attr_device_id.attr,
	&dev_attr_class_id.attr,
	NULL,
};
ATTRIBUTE_GROUPS(lab_device);

static struct bus_type lab_bus = {
	.name = "vmbus",
	.match = lab_match,
	.probe = lab_probe,
	.remove = lab_remove,
	.dev_groups = lab_device_groups,
};

int lab_bus_init(void)
{
	return bus_register(&lab_bus);
}

void lab_bus_exit(void)
{
	bus_unregister(&lab_bus);
}

static void lab_device_release(struct device *device)
{
	struct hv_device *dev = device_to_hv_device(device);

	kfree(dev->channel);
	kfree(dev);
}

/* Takes over the channel, in failure too. */
struct hv_device *lab_device_add(const char *name, const guid_t *type,
				 const guid_t *instance,
				 struct vmbus_channel *channel)
{
	struct hv_device *dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	int error;

	if (!dev) {
		kfree(channel);
		return ERR_PTR(-ENOMEM);
	}

	dev->dev_type = *type;
	dev->dev_instance = *instance;
	dev->channel = channel;
	if (channel)
		channel->device_obj = dev;
	dev->device.bus = &lab_bus;
	dev->device.release = lab_device_release;
	device_initialize(&dev->device);

	error = dev_set_name(&dev->device, "%s", name);
	if (!error)
		error = device_add(&dev->device);
	if (error) {
		put_device(&dev->device);
		return ERR_PTR(error);
	}
	return dev;
}

void lab_device_remove(struct hv_device *dev)
{
	device_unregister(&dev->device);
}

int __vmbus_driver_register(struct hv_driver *driver, struct module *owner,
			    const char *module_name)
{
	driver->driver.name = driver->name;
	driver->driver.owner = owner;
	driver->driver.mod_name = module_name;
	driver->driver.bus = &lab_bus;
	return driver_register(&driver->driver);
}
EXPORT_SYMBOL_GPL(__vmbus_driver_register);

void vmbus_driver_unregister(struct hv_driver *driver)
{
	driver_unregister(&driver->driver);
}
EXPORT_SYMBOL_GPL(vmbus_driver_unregister);
