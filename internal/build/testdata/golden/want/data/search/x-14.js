waymark.search("x","a3gma2li",14,[
["Shows how. See the sponsor and the first check.\nDoes a teacher show how?"]
]);
