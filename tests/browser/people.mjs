// The people of the demo department that the tests play.

export const password = 'demo';
/** An operations manager, who assigns and accepts. */
export const manager = 'chen.wei';
/** An operations specialist, who does the work. */
export const specialist = 'li.na';
/** Somebody whose language is English. */
export const english = 'emma.clark';
