// The people of the demo department that the tests play.

export const password = 'opsroom-demo';
/** The operations manager, who assigns and accepts. */
export const manager = 'li.na';
/** An operations specialist, who does the work. */
export const specialist = 'chen.wei';
/** Somebody whose language is English. */
export const english = 'emma';
/** A data analyst. */
export const analyst = 'zhao.lei';
/** The superior leader, who approves. */
export const leader = 'sun.yue';
/** Of another department; speaks English. */
export const marketer = 'noah';
/** Of another department; asks for projects. */
export const business = 'liu.yang';
/** Stands in for somebody who is away. */
export const standIn = 'wang.fang';
/** Of finance; human resources, too, once the administrator has said so. */
export const finance = 'zhou.jie';
export const administrator = 'admin';
