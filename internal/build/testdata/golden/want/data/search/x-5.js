waymark.search("x","a3gma2li",5,[
["Where everybody begins. Begin with the sponsor, or look at all roles."]
]);
