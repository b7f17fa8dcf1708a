// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* The KVP service as the host offers and withdraws it. */
#include <linux/mutex.h>

#include "lab.h"

static const struct hv_vmbus_device_id kvp_type = {HV_KVP_GUID};
static const guid_t kvp_instance =
	GUID_INIT(0x242ff919, 0x07db, 0x4180, 0x9c, 0x2e, 0xb8, 0x6c, 0xb6,
		  0x8c, 0x8c, 0x55);

static DEFINE_MUTEX(lock);
static struct hv_device *service;

bool lab_service_offered(void)
{
	return READ_ONCE(service);
}

int lab_service_offer(void)
{
	struct vmbus_channel *channel;
	struct hv_device *dev;
	int error = 0;

	mutex_lock(&lock);
	if (service) {
		error = -EEXIST;
		goto unlock;
	}

	channel = lab_channel_create();
	if (!channel) {
		error = -ENOMEM;
		goto unlock;
	}

	dev = lab_device_add("kvp", &kvp_type.guid, &kvp_instance, channel);
	if (IS_ERR(dev)) {
		error = PTR_ERR(dev);
		goto unlock;
	}
	service = dev;
	/* hv_utils prefers to be probed in the background. */
	wait_for_device_probe();
unlock:
	mutex_unlock(&lock);
	return error;
}

/* Returns only when no program has /dev/vmbus/hv_kvp open any more. */
int lab_service_withdraw(void)
{
	int error = 0;

	mutex_lock(&lock);
	if (service)
		lab_device_remove(service);
	else
		error = -ENODEV;
	service = NULL;
	mutex_unlock(&lock);
	return error;
}

/* What the bus does to the driver around a hibernation. */
int lab_service_hibernate(void)
{
	struct hv_driver *driver;
	int error = -ENODEV;

	mutex_lock(&lock);
	if (service && service->device.driver) {
		driver = drv_to_hv_drv(service->device.driver);
		error = driver->suspend(service);
		if (!error)
			error = driver->resume(service);
	}
	mutex_unlock(&lock);
	return error;
}
